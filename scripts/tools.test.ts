import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { findTool, lackOf } from './tools.mjs'

afterEach(() => {
  vi.unstubAllEnvs()
})

/** A folder with one file of that name in it. */
function folderWith(name: string, mode: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'beatcord-tools-'))
  writeFileSync(join(folder, name), '')
  chmodSync(join(folder, name), mode)
  vi.stubEnv('TURNSERVER_PATH', '')
  return folder
}

test('a tool is found on the PATH when it can be run', () => {
  const folder = folderWith('turnserver', 0o755)
  vi.stubEnv('PATH', `/nowhere:${folder}`)

  expect(findTool('turnserver')).toBe(join(folder, 'turnserver'))
})

test('a file that cannot be run is no tool, and its lack is told by name and package', () => {
  vi.stubEnv('PATH', folderWith('turnserver', 0o644))

  expect(findTool('turnserver')).toBeUndefined()
  expect(lackOf('turnserver')).toMatch(/^missing system tool: turnserver .*coturn/)
})

test('the variable that names a tool goes before the PATH, and a wrong one is not passed over', () => {
  const folder = folderWith('turnserver', 0o755)
  vi.stubEnv('PATH', folder)
  const own = join(folderWith('my-coturn', 0o755), 'my-coturn')

  vi.stubEnv('TURNSERVER_PATH', own)
  const found = findTool('turnserver')
  vi.stubEnv('TURNSERVER_PATH', join(folder, 'not-there'))

  expect([found, findTool('turnserver')]).toEqual([own, undefined])
})
