export { type OpenTelemetryOptions, openTelemetry } from './observe/otel.ts'
