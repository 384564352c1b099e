import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { SETTINGS } from '../signal-server/src/settings.ts'
import { parseDockerfile, parseDockerignore } from './lib/dockerfile.mjs'

const read = (path: string): string => readFileSync(path, 'utf8')
const steps = parseDockerfile(read('Dockerfile'))

test('steps are read with flags, lists and broken lines; comments are not', () => {
  const text = [
    '# a comment',
    'FROM node AS build',
    'COPY --from=build --chown=1:1 a b ./',
    'RUN one && \\',
    '  two',
    '',
    'CMD ["node", "main.js"]',
  ].join('\n')

  expect(parseDockerfile(text)).toMatchObject([
    { name: 'FROM', words: ['node', 'AS', 'build'] },
    { name: 'COPY', flags: { from: 'build', chown: '1:1' }, words: ['a', 'b', './'] },
    { name: 'RUN', text: 'one &&    two' },
    { name: 'CMD', list: ['node', 'main.js'] },
  ])
  expect(() => parseDockerfile('nonsense')).toThrow('step')
})

test.each([
  ['node_modules/a.js', true],
  ['client/node_modules/a/b.js', true],
  ['client/node_modules_not', false],
  ['.git', true],
  ['.gitignore', false],
  ['client/.git/x', false],
  ['a.log', true],
  ['b/a.log', true],
  ['a.log.ts', false],
])('%s is kept out: %s', (path, expected) => {
  expect(parseDockerignore('**/node_modules\n.git\n# no\n\n**/*.log')(path)).toBe(expected)
})

test('each workspace hands its package.json in before the packages are installed', () => {
  const { workspaces } = JSON.parse(read('package.json')) as { workspaces: string[] }
  const install = steps.findIndex(({ name, text }) => name === 'RUN' && text.includes('npm ci'))
  const copied = steps
    .slice(0, install)
    .flatMap(({ name, words }) => (name === 'COPY' ? words : []))

  expect(copied).toEqual(expect.arrayContaining(workspaces.map((path) => `${path}/package.json`)))
})

test('the hosts ask the same health as the image', () => {
  const { deploy } = JSON.parse(read('railway.json')) as { deploy: { healthcheckPath: string } }
  const health = steps.find(({ name }) => name === 'HEALTHCHECK')

  expect(deploy.healthcheckPath).toBe('/health')
  expect(health?.text).toContain(deploy.healthcheckPath)
})

test('what a deployment sets are settings of the server', () => {
  const compose = [...read('docker-compose.yml').matchAll(/^ {6}([A-Z_]+):/gm)].map(
    ([, name]) => name,
  )
  const image = steps.flatMap(({ name, text }) => (name === 'ENV' ? [text.split('=')[0]] : []))

  expect(compose.length).toBeGreaterThan(0)
  expect(image.length).toBeGreaterThan(0)
  for (const name of [...compose, ...image]) expect(Object.keys(SETTINGS)).toContain(name)
})

test('the volume is where the image keeps its data', () => {
  const folder = steps.filter(({ name }) => name === 'WORKDIR').at(-1)?.text
  const data = steps.find(({ text }) => text.startsWith('DATA_DIR='))?.text.split('=')[1]

  expect(read('docker-compose.yml')).toContain(`- data:${String(folder)}/${String(data)}\n`)
})
