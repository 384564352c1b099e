import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { WORDS, type Words } from './all.ts'

type Leaf = readonly [path: string, said: unknown]

const leavesOf = (part: unknown, path: string): readonly Leaf[] =>
  typeof part === 'object' && part !== null
    ? Object.entries(part).flatMap(([name, said]) => leavesOf(said, `${path}.${name}`))
    : [[path, part]]

const LEAVES = leavesOf(WORDS, 'words')
const SENTENCES = LEAVES.filter(([, said]) => typeof said === 'string')
const PARTS = readdirSync(import.meta.dirname).filter((file) =>
  /^(?!all\.).*(?<!\.test)\.ts$/.test(file),
)
const sourceOf = (file: string): string => readFileSync(`${import.meta.dirname}/${file}`, 'utf8')
const exportsOf = (file: string): readonly string[] =>
  [...sourceOf(file).matchAll(/^export (?:const|function|type|interface) (\w+)/gm)].map(
    ([, name = '']) => name,
  )

test('whatever is said is a sentence, or made of values', () => {
  const others = LEAVES.filter(([, said]) => typeof said !== 'string' && typeof said !== 'function')
  expect(others).toEqual([])
  expect(SENTENCES.length).toBeGreaterThan(500)
})

test('a sentence is neither empty nor framed by space', () => {
  expect(SENTENCES.filter(([, said]) => said === '' || said !== String(said).trim())).toEqual([])
})

test('there is no markup in words', () => {
  expect(PARTS.filter((file) => /<\/|<[a-z]+>|&#?\w+;/.test(sourceOf(file)))).toEqual([])
})

test('each file has one name of its own, and is among all words', () => {
  const names = PARTS.flatMap(exportsOf)
  expect(names).toHaveLength(PARTS.length)
  expect(new Set(names).size).toBe(names.length)
  expect(Object.keys(WORDS)).toHaveLength(PARTS.length)
})

test('what is said at the start knows no other part', () => {
  expect(sourceOf('start.ts')).not.toMatch(/^import /m)
})

test('a translation is an object of the same shape', () => {
  const backwards: Words = {
    ...WORDS,
    desk: { ...WORDS.desk, close: 'esolC', yours: (track) => `(uoy) ${track}` },
  }
  expect(backwards.desk.yours('ana')).toBe('(uoy) ana')
})
