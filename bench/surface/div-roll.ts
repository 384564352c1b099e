import { NOTES, OWN_NOTES, STEPS } from './full-song.ts'
import type { Box } from './on-desk.ts'

const ROWS = 85
const ROW_HEIGHT = 9

/**
 * The usual way to show notes: each an element of its own in a field that scrolls, the selected ones moved by their
 * `transform`. Nothing else is on the page, and nothing plays.
 */
export const divRoll = ({ x, y, width, height }: Box): string => `<!doctype html>
<style>
  #field { position: fixed; left: ${x}px; top: ${y}px; width: ${width}px; height: ${height}px; overflow: auto }
  #notes { position: relative; height: ${ROWS * ROW_HEIGHT}px; background: #14131a }
  .note { position: absolute; height: ${ROW_HEIGHT - 2}px; border-radius: 4px; opacity: 0.3; background: #7aa2ff }
  .own { opacity: 0.9; outline: 2px solid #fff }
</style>
<div id="field"><div id="notes"></div></div>
<script>
  const notes = document.querySelector('#notes')
  const stepWidth = ${width} / ${STEPS}
  for (let index = 0; index < ${NOTES}; index++) {
    const note = document.createElement('div')
    note.className = index < ${OWN_NOTES} ? 'note own' : 'note'
    note.style.left = ((index * 37) % ${STEPS}) * stepWidth + 'px'
    note.style.top = (18 + ((index * 29) % 48)) * ${ROW_HEIGHT} + 'px'
    note.style.width = stepWidth * (1 + (index % 2)) - 3 + 'px'
    notes.append(note)
  }
  const own = [...document.querySelectorAll('.own')]
  let from
  addEventListener('pointerdown', ({ clientX, clientY }) => (from = { clientX, clientY }))
  addEventListener('pointerup', () => (from = undefined))
  addEventListener('pointermove', ({ clientX, clientY }) => {
    if (from === undefined) return
    const steps = Math.round((clientX - from.clientX) / stepWidth)
    const rows = Math.round((clientY - from.clientY) / ${ROW_HEIGHT})
    for (const note of own)
      note.style.transform = 'translate(' + steps * stepWidth + 'px, ' + rows * ${ROW_HEIGHT} + 'px)'
  })
</script>`
