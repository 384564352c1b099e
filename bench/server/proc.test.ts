import { pid } from 'node:process'
import { expect, test } from 'vitest'
import {
  limitsToOpenFiles,
  openFilesLimit,
  processorSeconds,
  residentBytes,
  statToSeconds,
  statusToBytes,
} from './proc.ts'

test('processor time is user and system time, whatever the program calls itself', () => {
  const stat = '42 (a (b) c) S 1 42 42 0 -1 4194304 9 8 7 6 250 31 5000 6000 20 0 11 0 77 123 456'

  expect(statToSeconds(stat)).toBeCloseTo(2.81)
})

test('resident memory is told in bytes', () => {
  expect(statusToBytes('VmHWM:\t   90000 kB\nVmRSS:\t   51200 kB\nRssAnon:\t 1 kB\n')).toBe(
    52_428_800,
  )
})

test('the limit of open files is the soft one, and may be none', () => {
  const head = 'Limit                     Soft Limit           Hard Limit           Units     \n'

  expect(limitsToOpenFiles(`${head}Max open files            1024    20000    files     \n`)).toBe(
    1024,
  )
  expect(limitsToOpenFiles(`${head}Max open files            unlimited unlimited files \n`)).toBe(
    Infinity,
  )
})

test('what the system does not tell is an error and no zero', () => {
  expect(() => statusToBytes('Name:\tzombie\n')).toThrow('VmRSS must be')
  expect(() => statToSeconds('42 (gone) Z 1')).toThrow('utime must be')
})

test('this very process has used processor time, memory and a limit', async () => {
  expect(await processorSeconds(pid)).toBeGreaterThan(0)
  expect(await residentBytes(pid)).toBeGreaterThan(1_000_000)
  expect(await openFilesLimit()).toBeGreaterThan(0)
})
