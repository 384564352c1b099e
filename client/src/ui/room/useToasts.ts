import { inject, onScopeDispose, provide } from 'vue'
import type { InjectionKey } from 'vue'
import type { Notice, Session } from '../../app/session-types.ts'
import { assert } from '../../lib/assert.ts'
import { ROOM_WORDS } from '../../words/room.ts'
import { createToasts } from './toasts.ts'
import type { Toast, Toasts } from './toasts.ts'

const TOASTS: InjectionKey<Toasts> = Symbol('toasts')

/** Makes the toasts of a page, and turns what the session tells into some. */
export function provideToasts(session: Session): void {
  const toasts = createToasts((run, ms) => setTimeout(run, ms))
  provide(TOASTS, toasts)
  onScopeDispose(session.onNotice((notice) => toasts.add(toastOf(notice))))
}

export function useToasts(): Toasts {
  const toasts = inject(TOASTS)
  assert(toasts !== undefined, 'toasts must be provided by the page of the jam')
  return toasts
}

function toastOf(notice: Notice): Omit<Toast, 'id'> {
  switch (notice.kind) {
    case 'joined':
      return { text: ROOM_WORDS.joined(notice.name), colour: notice.colour }
    case 'left':
      return { text: ROOM_WORDS.left(notice.name), colour: notice.colour }
    case 'trouble':
    case 'news':
      return { text: notice.text, isToBeRead: true }
  }
}
