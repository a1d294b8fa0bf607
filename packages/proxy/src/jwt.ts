export { type JwtAuthOptions, jwtAuth } from './auth/jwt-auth.ts'
