import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { ConfigError, type Config } from './config.ts'
import { readKept, writeKept } from './kept-file.ts'

const FILE = 'seat-key'

/**
 * The configured seat key, or the one kept in the data folder; made at the first start.
 *
 * @throws ConfigError when the folder cannot be used
 */
export function seatKeyFor({ seatKey, dataDir }: Pick<Config, 'seatKey' | 'dataDir'>): string {
  if (seatKey !== undefined) return seatKey
  const path = join(dataDir, FILE)
  try {
    const kept = readKept(path)?.trim()
    if (kept !== undefined && kept !== '') return kept
    const made = randomBytes(32).toString('base64url')
    writeKept(path, made)
    return made
  } catch (cause) {
    throw new ConfigError('DATA_DIR', 'the folder must be one this account can write to.', {
      cause,
    })
  }
}
