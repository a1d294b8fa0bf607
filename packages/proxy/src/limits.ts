export { type RateLimitOptions, type RedisClient, rateLimits } from './limits/rate-limits.ts'
