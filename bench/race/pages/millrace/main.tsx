import { raceMillrace } from '../lib/millrace.tsx'

raceMillrace()
