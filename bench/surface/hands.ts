import { setTimeout as sleep } from 'node:timers/promises'
import type { Box, Desk } from './on-desk.ts'

/** A hand's own pace: a mouse tells where it is so often, ms. */
const MOUSE_MS = 8
const WHEEL_MS = 16
const WHEEL_PIXELS = 24
/** It turns round after so many, before it comes to the end. */
const WHEEL_TURNS = 14
const ROUND_MS = 1600

export type Hand = Pick<Desk, 'cdp' | 'field'>

interface Spot {
  readonly x: number
  readonly y: number
}

/** Where a hand that goes round is, in a box. @param share  of its way round */
export const spotAt = ({ x, y, width, height }: Box, share: number): Spot => ({
  x: x + width / 2 + (width / 5) * Math.sin(2 * Math.PI * share),
  y: y + height / 2 + (height / 5) * Math.sin(4 * Math.PI * share),
})

/** Sends events at a pace of its own, however long the page takes to answer. */
async function atPace(
  ms: number,
  everyMs: number,
  send: (index: number) => Promise<unknown>,
): Promise<void> {
  const sent: Promise<unknown>[] = []
  const begun = performance.now()
  for (let index = 0; index * everyMs < ms; index++) {
    const waitMs = index * everyMs - (performance.now() - begun)
    if (waitMs > 0) await sleep(waitMs)
    sent.push(send(index))
  }
  await Promise.all(sent)
}

/** Turns the wheel down and up. */
export const turnWheel = ({ cdp, field }: Hand, ms: number): Promise<void> =>
  atPace(ms, WHEEL_MS, (index) =>
    cdp.send('Input.dispatchMouseEvent', {
      type: 'mouseWheel',
      x: field.x + field.width / 2,
      y: field.y + field.height / 2,
      deltaX: 0,
      deltaY: Math.floor(index / WHEEL_TURNS) % 2 === 0 ? WHEEL_PIXELS : -WHEEL_PIXELS,
    }),
  )

/** Presses in a place, goes round, and lets go. @param from  where it presses; the middle when left out */
export async function dragRound(
  { cdp, field }: Hand,
  ms: number,
  from: Spot = spotAt(field, 0),
): Promise<void> {
  const mouse = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', spot: Spot) =>
    cdp.send('Input.dispatchMouseEvent', {
      type,
      ...spot,
      button: 'left',
      buttons: 1,
      clickCount: 1,
    })
  await mouse('mousePressed', from)
  const middle = spotAt(field, 0)
  await atPace(ms, MOUSE_MS, (index) => {
    const { x, y } = spotAt(field, (index * MOUSE_MS) / ROUND_MS)
    return mouse('mouseMoved', { x: from.x + x - middle.x, y: from.y + (y - middle.y) / 2 })
  })
  await mouse('mouseReleased', from)
}
