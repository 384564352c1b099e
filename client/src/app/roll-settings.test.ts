import { expect, test } from 'vitest'
import { createRollSettings } from './roll-settings.ts'

function drawerWith(text?: string) {
  let kept = text
  return { read: () => kept, write: (_key: string, value: string) => void (kept = value) }
}

test('how one looks at rolls is remembered on the device', () => {
  const drawer = drawerWith()
  const first = createRollSettings(drawer)
  expect(first.rollSettings.read()).toEqual({ ghosts: true })

  first.setRollSettings({ ghosts: false })
  first.setRollSettings({ lane: false })

  expect(createRollSettings(drawer).rollSettings.read()).toEqual({ ghosts: false, lane: false })
})

test.each(['no json', '7', '{"ghosts":"yes","lane":1}'])(
  'junk in the drawer (%s) is nothing',
  (text) => {
    expect(createRollSettings(drawerWith(text)).rollSettings.read()).toEqual({ ghosts: true })
  },
)
