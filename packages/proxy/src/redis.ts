export type { IoRedisClient, NodeRedisClient, RedisClient, RedisConnection } from './log/redis/redis-connection.ts'
export { type RedisLogOptions, redisLog } from './log/redis/redis-log.ts'
export { redisShards } from './log/redis/shards.ts'
