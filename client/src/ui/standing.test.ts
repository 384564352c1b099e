import { afterEach, beforeEach, expect, test } from 'vitest'
import { createApp, defineComponent, h, nextTick, ref, withDirectives } from 'vue'
import type { App } from 'vue'
import { vStanding } from './standing.ts'

const name = ref('Drums')
const drawnAnew = ref(0)
let app: App
let root: HTMLElement
beforeEach(() => {
  name.value = 'Drums'
  root = document.createElement('div')
  document.body.append(root)
  app = createApp(
    defineComponent({
      render: () => [
        h('p', drawnAnew.value),
        withDirectives(h('input', { title: String(drawnAnew.value) }), [[vStanding, name.value]]),
      ],
    }),
  )
  app.mount(root)
})
afterEach(() => {
  app.unmount()
  root.remove()
})

function field(): HTMLInputElement {
  const found = root.querySelector('input')
  if (!found) throw new Error('there must be a field')
  return found
}
function type(text: string): void {
  field().value = text
  field().dispatchEvent(new Event('input', { bubbles: true }))
}

test('a field shows what stands, and what others make of it', async () => {
  expect(field().value).toBe('Drums')
  name.value = 'Kit'
  await nextTick()
  expect(field().value).toBe('Kit')
})

test('what is being typed stays, whatever is drawn anew or set by others meanwhile', async () => {
  type('Bea')
  drawnAnew.value += 1
  await nextTick()
  expect(field().title).toBe(String(drawnAnew.value))
  expect(field().value).toBe('Bea')
  name.value = 'Kit'
  await nextTick()
  expect(field().value).toBe('Bea')
})

test('once typing is done what stands is shown again', async () => {
  type('Beat')
  field().dispatchEvent(new Event('change', { bubbles: true }))
  name.value = 'Beat, trimmed'
  await nextTick()
  expect(field().value).toBe('Beat, trimmed')
})
