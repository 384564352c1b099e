import { expect, test } from 'vitest'
import { createScope } from './scope.ts'

test('a scope ends what began in it, last in first out, once', () => {
  const scope = createScope()
  const ended: string[] = []
  scope.own(() => ended.push('first'))
  scope.own(() => ended.push('second'))

  scope.close()
  scope.close()

  expect(ended).toEqual(['second', 'first'])
})

test('what begins in a closed scope ends at once', () => {
  const scope = createScope()
  scope.close()
  const ended: string[] = []

  scope.own(() => ended.push('late'))

  expect(ended).toEqual(['late'])
})

test('an end that throws stops no other, and its error comes out', () => {
  const scope = createScope()
  const ended: string[] = []
  scope.own(() => ended.push('first'))
  scope.own(() => {
    throw new Error('stuck')
  })

  expect(scope.close).toThrow('stuck')
  expect(ended).toEqual(['first'])
})
