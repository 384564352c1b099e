import { expect, test } from 'vitest'
import { commandOf, type KeyPress } from './roll-keys.ts'

const press = (key: string, more: Partial<KeyPress> = {}) =>
  commandOf({
    key,
    code: '',
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    ...more,
  })
const control = { ctrlKey: true }
const shift = { shiftKey: true }
const alt = { altKey: true }

test.each([
  ['Enter', {}, { does: 'toggle' }],
  ['Enter', shift, { does: 'add' }],
  ['a', control, { does: 'all' }],
  ['c', { metaKey: true }, { does: 'copy' }],
  ['V', control, { does: 'paste' }],
  ['ArrowLeft', alt, { does: 'move', shift: { steps: -1, up: 0 } }],
  ['ArrowUp', alt, { does: 'move', shift: { steps: 0, up: 1 } }],
  ['ArrowUp', shift, { does: 'octave', by: 1 }],
  ['ArrowRight', shift, { does: 'length', by: 1 }],
  [']', {}, { does: 'velocity', by: 5 }],
  ['[', { ctrlKey: true, altKey: true }, { does: 'velocity', by: -5 }],
  ['ArrowDown', control, { does: 'velocity', by: -5 }],
  ['=', {}, { does: 'zoom', way: 'x', by: 1 }],
  ['+', shift, { does: 'zoom', way: 'y', by: 1 }],
  ['_', shift, { does: 'zoom', way: 'y', by: -1 }],
  [')', { ...shift, code: 'Digit0' }, { does: 'zoom', way: 'y', by: 0 }],
  ['p', {}, { does: 'tool', tool: 'paint' }],
  ['E', {}, { does: 'tool', tool: 'erase' }],
  ['f', {}, { does: 'fit' }],
])('%s with %o asks for %o', (key, more, command) => {
  expect(press(key, more)).toEqual(command)
})

test.each([
  ['x', {}],
  ['b', control],
  ['c', { ...control, ...shift }],
  ['a', { ...control, ...alt }],
  ['ArrowLeft', { ...alt, ...shift }],
  ['Tab', {}],
  ['-', control],
])('%s with %o is left to others', (key, more) => {
  expect(press(key, more)).toBeUndefined()
})
