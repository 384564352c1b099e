import { expect, test } from 'vitest'
import { createTrim } from './trim.ts'
import type { Drawer } from './storage.ts'

function drawerWith(stored?: string): Drawer {
  const kept = new Map<string, string>(stored === undefined ? [] : [['trim-ms', stored]])
  return { read: (key) => kept.get(key), write: (key, value) => void kept.set(key, value) }
}

test('[CLK12] a device is believed until somebody sets its trim, which is remembered', () => {
  const drawer = drawerWith()
  const trim = createTrim(drawer)
  expect(trim.trimMs.read()).toBe(0)

  trim.setTrim(180)

  expect(trim.trimMs.read()).toBe(180)
  expect(createTrim(drawer).trimMs.read()).toBe(180)
})

test.each([
  [-80, -50],
  [1000, 300],
  [12.4, 12],
  [NaN, 40],
])('[CLK12] a trim of %d ms becomes %d', (asked, becomes) => {
  const trim = createTrim(drawerWith('40'))

  trim.setTrim(asked)

  expect(trim.trimMs.read()).toBe(becomes)
})

test.each(['loud', '', '1e9', '-51', '12.5', 'NaN', 'Infinity'])(
  '[CLK12] a stored trim of "%s" counts as none',
  (stored) => {
    expect(createTrim(drawerWith(stored)).trimMs.read()).toBe(0)
  },
)
