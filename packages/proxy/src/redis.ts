export type { IoRedisClient, NodeRedisClient, RedisClient, RedisConnection } from './log/redis/redis-connection.ts'
export { type RedisLogOptions, redisLog } from './log/redis/redis-log.ts'
