import { inject, shallowRef } from 'vue'
import type { App, InjectionKey, ShallowRef } from 'vue'
import { assert } from '../../lib/assert.ts'
import type { Copied } from './note-clipboard.ts'

/** What was copied last; one for the page, so that notes go from track to track and from jam to jam. */
export type RollClipboard = ShallowRef<Copied | undefined>

const CLIPBOARD: InjectionKey<RollClipboard> = Symbol('clipboard of notes')

export function provideClipboard(app: App): void {
  app.provide(CLIPBOARD, shallowRef())
}

export function useClipboard(): RollClipboard {
  const clipboard = inject(CLIPBOARD)
  assert(clipboard !== undefined, 'the page must have a clipboard of notes, and has none')
  return clipboard
}
