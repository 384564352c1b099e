import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ConfigError } from './config.ts'
import { seatKeyFor } from './seat-key.ts'

test('a key is made once and kept for this account alone', () => {
  const dataDir = join(mkdtempSync(join(tmpdir(), 'seat-key-')), 'deep', 'folder')

  const first = seatKeyFor({ seatKey: undefined, dataDir })
  const second = seatKeyFor({ seatKey: undefined, dataDir })

  expect(first).toHaveLength(43)
  expect(second).toBe(first)
  expect(statSync(join(dataDir, 'seat-key')).mode & 0o777).toBe(0o600)
})

test('a configured key needs no folder', () => {
  expect(seatKeyFor({ seatKey: 'mine', dataDir: '/dev/null/none' })).toBe('mine')
})

test('a folder that cannot be used is told by the name of its variable', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'seat-key-')), 'file')
  writeFileSync(file, '')

  expect(() => seatKeyFor({ seatKey: undefined, dataDir: file })).toThrow(ConfigError)
  expect(() => seatKeyFor({ seatKey: undefined, dataDir: file })).toThrow('DATA_DIR')
})
