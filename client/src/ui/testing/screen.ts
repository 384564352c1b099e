import { nextTick } from 'vue'
import type { Undo } from '../../lib/scope.ts'
import { mountApp } from '../mount.ts'
// Fetched with the tests: no first one waits for it.
import '../room/JamRoom.vue'
import { createLocalApp } from './local-app.ts'
import type { LocalApp, LocalAppOptions } from './local-app.ts'
import type { LocalSession } from './local-session.ts'

/** A page as a person finds their way on it: by role and name. */
export interface Screen {
  readonly app: LocalApp
  readonly root: HTMLElement
  button(name: string): HTMLButtonElement
  /** Text fields, number fields, selects, sliders. */
  field(name: string): HTMLInputElement
  /** The one element of that role, named so if a name is given. */
  role(role: string, name?: string): HTMLElement
  has(role: string, name: string): boolean
  /** Everything that can be read. */
  text(): string
  /** Throws an error that was reported and not taken. */
  close: Undo
}

/** Elements that have the role without saying so. */
const NATIVE: Readonly<Record<string, string>> = {
  button: 'button',
  list: 'ul',
  region: 'section[aria-label]',
  listitem: 'li',
  article: 'article',
}

export function openScreen(options: LocalAppOptions = {}): Screen {
  // The page of the tests has no fonts to wait for.
  Object.defineProperty(document, 'fonts', {
    value: { ready: Promise.resolve() },
    configurable: true,
  })
  const app = createLocalApp(options)
  const root = document.createElement('div')
  document.body.append(root)
  const unmount = mountApp(root, app)

  const all = (role: string): HTMLElement[] => [
    ...root.querySelectorAll<HTMLElement>(
      [`[role="${role}"]`, NATIVE[role]].filter((part) => part !== undefined).join(),
    ),
  ]
  const one = (found: readonly HTMLElement[], wanted: string): HTMLElement => {
    const [first, second] = found
    if (first === undefined) throw new Error(`there must be ${wanted}, and is none`)
    if (second !== undefined) throw new Error(`there must be one ${wanted}, got ${found.length}`)
    return first
  }
  const role: Screen['role'] = (wanted, name) =>
    one(
      all(wanted).filter((each) => name === undefined || nameOf(each) === name),
      `${wanted} "${name ?? ''}"`,
    )
  return {
    app,
    root,
    role,
    button: (name) => role('button', name) as HTMLButtonElement,
    field(name) {
      const fields = [...root.querySelectorAll<HTMLElement>('input, select, [role=slider]')]
      return one(
        fields.filter((each) => nameOf(each) === name),
        `field "${name}"`,
      ) as HTMLInputElement
    },
    has: (wanted, name) => all(wanted).some((each) => nameOf(each) === name),
    text: () => root.textContent,
    close() {
      unmount()
      root.remove()
      const [unexpected] = app.takeReports()
      if (unexpected !== undefined) {
        throw new Error('no error must be reported, and one was', { cause: unexpected })
      }
    },
  }
}

/** Opens the page of a jam in which ana is alone. */
export async function openJam(
  options: LocalAppOptions = {},
): Promise<{ screen: Screen; session: LocalSession }> {
  const screen = openScreen(options)
  await screen.app.join({ kind: 'open', name: 'kitchen' }, 'ana')
  const session = screen.app.arrival.read()
  if (session === undefined) throw new Error('joining must lead into a jam, and did not')
  // They come late.
  const { root } = screen
  await shown(() => root.querySelector('main > *') !== null && screen.has('list', 'People'))
  await shown(() => screen.has('group', 'Tool'))
  return { screen, session }
}

/** Types into a field, as if character by character. */
export async function type(field: HTMLInputElement, text: string): Promise<void> {
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
  field.dispatchEvent(new Event('change', { bubbles: true }))
  await nextTick()
}

export async function press(
  target: Element,
  key: string,
  more: KeyboardEventInit = {},
): Promise<KeyboardEvent> {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
  target.dispatchEvent(event)
  await nextTick()
  return event
}

export async function click(target: HTMLElement): Promise<void> {
  target.click()
  await nextTick()
  await nextTick()
}

/** A pointer's event at a point of the page. */
export async function point(
  target: Element,
  kind: string,
  at: { x: number; y: number },
  more: PointerEventInit = {},
): Promise<void> {
  const where = { clientX: at.x, clientY: at.y, bubbles: true, pointerId: 1 }
  target.dispatchEvent(new PointerEvent(kind, { pointerType: 'mouse', ...where, ...more }))
  await nextTick()
}

/** Chooses from a list. */
export async function choose(list: HTMLElement, value: string): Promise<void> {
  if (list instanceof HTMLSelectElement) list.value = value
  list.dispatchEvent(new Event('change', { bubbles: true }))
  await nextTick()
}

/** Resolves when the page shows something: at once, or after one of its changes. */
export function shown(isThere: () => boolean): Promise<void> {
  if (isThere()) return Promise.resolve()
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!isThere()) return
      observer.disconnect()
      resolve()
    })
    observer.observe(document.body, { childList: true, subtree: true, attributes: true })
  })
}

function nameOf(element: HTMLElement): string {
  const said = element.getAttribute('aria-label')
  if (said !== null) return said
  const label =
    element.closest('label') ?? element.ownerDocument.querySelector(`label[for="${element.id}"]`)
  const words = label?.querySelector('.caption') ?? label ?? element
  return words.textContent.trim()
}
