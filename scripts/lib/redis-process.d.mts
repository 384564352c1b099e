/** A Redis in a process of its own, on this machine only, that keeps nothing. */
export interface RedisProcess {
  readonly url: string
  readonly port: number
  /** Of the process that runs now; 0 for none. */
  readonly pid: () => number
  /** Has it stand still, and go on. */
  readonly signal: (signal: 'SIGSTOP' | 'SIGCONT') => void
  /** Ends it at once, with all it knew. */
  readonly kill: () => Promise<void>
  /** Starts it again after `kill`, on the same port. */
  readonly start: () => Promise<void>
}

/**
 * @param program   path of redis-server
 * @param settings  as on its command line, such as `--maxmemory`, `3mb`
 */
export function startRedis(program: string, settings?: readonly string[]): Promise<RedisProcess>
