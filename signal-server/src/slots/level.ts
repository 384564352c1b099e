import { rename, rm } from 'node:fs/promises'
import { ClassicLevel } from 'classic-level'

/** An open LevelDB whose values are bytes. */
export type Level = ClassicLevel<string, Buffer>

export interface OpenedLevel {
  readonly level: Level
  /** Whether something was broken: what the tables say of each other may not be true then. */
  readonly isMended: boolean
}

/** Bodies are sealed: nothing about them can be packed. Half of this is in memory while it is written. */
const OPTIONS = {
  valueEncoding: 'buffer',
  compression: false,
  writeBufferSize: 8 * 1024 * 1024,
  maxFileSize: 16 * 1024 * 1024,
  cacheSize: 1024 * 1024,
  maxOpenFiles: 200,
}

/**
 * Opens the folder, mends it if it is broken, and begins an empty one beside what cannot be mended.
 *
 * @throws (rejects) when another process has it, or it cannot be written
 */
export async function openLevel(folder: string): Promise<OpenedLevel> {
  try {
    return { level: await open(folder), isMended: false }
  } catch (error) {
    if (!isCorrupt(error)) throw error
  }
  try {
    return { level: await mend(folder), isMended: true }
  } catch (error) {
    if (!isCorrupt(error)) throw error
  }
  const aside = `${folder}-unreadable`
  await rm(aside, { recursive: true, force: true })
  await rename(folder, aside)
  return { level: await open(folder), isMended: true }
}

/** As `openLevel` does with what cannot be opened. */
export async function mend(folder: string): Promise<Level> {
  await ClassicLevel.repair(folder)
  return open(folder)
}

async function open(folder: string): Promise<Level> {
  const level: Level = new ClassicLevel(folder, OPTIONS)
  try {
    await level.open()
  } catch (error) {
    await level.close()
    throw error
  }
  return level
}

/** What a file says that ends before its end, and a folder that lacks one of which it has the name. */
const BROKEN = /Invalid argument|No such file or directory|truncated/i

/** Whether the bytes on the disk are to blame, and not the disk. */
export function isCorrupt(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? error.code : undefined
  const isHere =
    code === 'LEVEL_CORRUPTION' || (code !== 'LEVEL_LOCKED' && BROKEN.test(error.message))
  return isHere || isCorrupt(error.cause)
}

/** What LevelDB calls the trouble, for the log. */
export const levelCode = (error: unknown): string => codesOf(error).at(-1) ?? 'unknown'

function codesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return []
  const code = 'code' in error && typeof error.code === 'string' ? [error.code] : []
  return [...code, ...codesOf(error.cause)]
}
