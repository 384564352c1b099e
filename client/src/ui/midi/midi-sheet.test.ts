import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import { C4, END, head, track } from '../../midi/testing/bytes.ts'
import type { TrackId } from '../../sequence/song.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { click, openJam, type Screen } from '../testing/screen.ts'
// Fetched with the tests: no first one waits for it.
import './MidiSheet.vue'

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
})
afterEach(() => screen.close())

const named = (name: string): readonly number[] => [
  0,
  0xff,
  3,
  name.length,
  ...Array.from(name, (letter) => letter.charCodeAt(0)),
]
const TEMPO_150 = [0, 0xff, 0x51, 3, 0x06, 0x1a, 0x80]
/** A bass of two notes, one of which no track has, and a part of a kit. */
const BAND = Uint8Array.from([
  ...head({ format: 1, tracks: 2 }),
  ...track([...TEMPO_150, ...named('Bass'), ...C4, 0, 0x90, 10, 9, 96, 0x80, 10, 0, ...END]),
  ...track([...named('Kit'), 0, 0x99, 36, 80, 24, 0x89, 36, 0, ...END]),
])

async function open(): Promise<void> {
  await click(screen.button('MIDI file'))
  await vi.waitUntil(() => screen.has('button', 'Save MIDI file'))
}
async function choose(bytes: Uint8Array<ArrayBuffer>, name = 'band.mid'): Promise<void> {
  const picker = screen.field('Choose a MIDI file')
  Object.defineProperty(picker, 'files', {
    value: [new File([bytes], name)],
    configurable: true,
  })
  picker.dispatchEvent(new Event('change', { bubbles: true }))
  await vi.waitUntil(() => /What is in|This/.test(screen.text()))
  await nextTick()
}
const select = async (name: string, value: string): Promise<void> => {
  const field = screen.field(name)
  field.value = value
  field.dispatchEvent(new Event('change', { bubbles: true }))
  await nextTick()
}
const turn = async (name: string): Promise<void> => {
  const field = screen.field(name)
  field.checked = !field.checked
  field.dispatchEvent(new Event('change', { bubbles: true }))
  await nextTick()
}

test('the jam is saved as it is asked for, under the name of its room', async () => {
  const saved: string[] = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push(this.download)
  })
  await open()

  await turn('Swing and humanise')
  await turn('Muted tracks too')
  await click(screen.button('Save MIDI file'))
  await vi.waitUntil(() => saved.length > 0)

  expect(saved).toEqual(['kitchen.mid'])
  expect(session.localMidi.exported).toEqual([
    {
      choices: {
        passages: ['now'],
        loops: 4,
        hasChance: true,
        hasFeel: false,
        hasMuted: true,
      },
      title: 'kitchen',
    },
  ])
})

test('of a file one sees what comes in, and what does not and why, before anything is written', async () => {
  await open()

  await choose(BAND)

  expect(screen.role('article', 'Bass').textContent).toContain('1 of 2 notes')
  expect(screen.role('article', 'Bass').textContent).toContain('Left out: 1 note lower than C1.')
  expect(screen.role('article', 'Kit').textContent).toContain(
    '1 note · loop of 16 steps, pattern A',
  )
  expect(session.localMidi.brought).toEqual([])

  await click(screen.button('Bring in 2 parts'))
  await nextTick()

  const [brought] = session.localMidi.brought
  expect(brought?.plan.map(({ target }) => target)).toEqual([{ kind: 'new' }, { kind: 'new' }])
  expect(brought?.change).toEqual({})
  expect(screen.text()).toContain('It is in the jam, for everybody.')
})

test('tempo and length of the room change only when they are ticked', async () => {
  session.song.set({ ...session.song.read(), stepCount: 32 })
  await open()
  await choose(BAND)

  await turn('Set the tempo to 150 BPM, for everybody')
  await turn('Set the loop of the jam to 16 steps, for everybody')
  await click(screen.button('Bring in 2 parts'))

  expect(session.localMidi.brought[0]?.change).toEqual({ bpm: 150, stepCount: 16 })
})

test('a part goes where it is sent: into a pattern of a track that is there, or nowhere', async () => {
  const id = session.song.read().tracks[0]?.id ?? ('' as TrackId)
  session.localMidi.roomNow = {
    ...session.localMidi.roomNow,
    freeTracks: 1,
    tracks: [
      {
        id,
        instrument: 'synth',
        subdivision: 4,
        stepCount: 16,
        swing: 50,
        noteCounts: { a: 3 },
        isBlank: false,
      },
    ],
  }
  await open()
  await choose(BAND)
  expect(screen.field('Where Kit goes').value).toBe('nowhere')

  await select('Where Bass goes', id)
  await select('Pattern for Bass', 'a')

  expect(screen.role('article', 'Bass').textContent).toContain('In place of 3 notes there.')
  await click(screen.button('Bring in 1 part'))
  expect(session.localMidi.brought[0]?.plan.map(({ target }) => target)).toEqual([
    { kind: 'track', id, pattern: 'a' },
    { kind: 'nowhere' },
  ])
})

test('what is no MIDI file is refused in words, what is damaged is told', async () => {
  await open()

  await choose(Uint8Array.from([1, 2, 3]), 'cat.png')
  expect(screen.role('alert').textContent).toBe('This is not a MIDI file.')
  expect(screen.app.takeReports()).toHaveLength(1)

  await choose(BAND.slice(0, -4))
  expect(screen.text()).toContain('The file ends too early. What is there is read.')
})

test('a MIDI file that is dropped on the page is looked into', async () => {
  const drop = new Event('drop', { bubbles: true, cancelable: true })
  const files = [new File(['x'], 'a.txt'), new File([BAND], 'Dropped.MID')]
  Object.defineProperty(drop, 'dataTransfer', { value: { files, types: ['Files'] } })

  document.body.dispatchEvent(drop)
  await vi.waitUntil(() => screen.text().includes('What is in Dropped.MID'))

  expect(drop.defaultPrevented).toBe(true)
})

test('who may not write may still take the jam home', async () => {
  session.writable.set('newer-song')
  await nextTick()

  await open()

  expect(screen.text()).toContain('Only those who play can bring notes in.')
})
