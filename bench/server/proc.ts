import { readFile } from 'node:fs/promises'

/** USER_HZ, which proc(5) counts processor time in: 100 on every machine that Node is built for. */
const TICKS_PER_SECOND = 100
/** Where `utime` and `stime` stand behind the name of the program, counted from 0: fields 14 and 15 of proc(5). */
const UTIME = 11
const STIME = 12
const BYTES_PER_KIB = 1024

/** Processor time that all threads of a process have used since its start, in seconds, to a hundredth. */
export const processorSeconds = async (pid: number): Promise<number> =>
  statToSeconds(await readFile(`/proc/${pid}/stat`, 'utf8'))

/** Memory of a process that is in RAM now, in bytes. */
export const residentBytes = async (pid: number): Promise<number> =>
  statusToBytes(await readFile(`/proc/${pid}/status`, 'utf8'))

/** How many files and sockets this process may have open; those that it starts inherit it. */
export const openFilesLimit = async (): Promise<number> =>
  limitsToOpenFiles(await readFile('/proc/self/limits', 'utf8'))

/** @param stat  text of /proc/<pid>/stat; a program's name in it may have spaces and brackets */
export function statToSeconds(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (wholeOf(fields[UTIME], 'utime') + wholeOf(fields[STIME], 'stime')) / TICKS_PER_SECOND
}

/** @param status  text of /proc/<pid>/status */
export const statusToBytes = (status: string): number =>
  wholeOf(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1], 'VmRSS') * BYTES_PER_KIB

/** @param limits  text of /proc/<pid>/limits @returns the soft limit; Infinity for none */
export function limitsToOpenFiles(limits: string): number {
  const soft = /^Max open files\s+(\d+|unlimited)\s/m.exec(limits)?.[1]
  return soft === 'unlimited' ? Infinity : wholeOf(soft, 'Max open files')
}

function wholeOf(digits: string | undefined, name: string): number {
  if (digits === undefined || !/^\d+$/.test(digits)) {
    throw new Error(`${name} must be a whole number in /proc, got ${String(digits)}`)
  }
  return Number(digits)
}
