import { computed, inject, provide, ref, shallowRef, type InjectionKey, type Ref } from 'vue'
import type { AudioDesk, AudioDownload, ExportChoice, Recording } from '../../app/audio-types.ts'
import { assert } from '../../lib/assert.ts'
import { ROOM_WORDS } from '../../words/room.ts'
import { download } from '../room/download.ts'
import { useToasts } from '../room/useToasts.ts'
import { useSession } from '../useServices.ts'
import { useTold } from '../useTold.ts'

const WORDS = ROOM_WORDS.audio

/** What makes files of sound, for the page: what runs goes on when the sheet is shut. */
export interface AudioTools {
  /** Of the jam, for names of files. */
  readonly title: () => string
  /** Undefined until it has been fetched. */
  readonly desk: Readonly<Ref<AudioDesk | undefined>>
  readonly recording: Readonly<Ref<Recording>>
  /** 0 to 1 while an export runs. */
  readonly done: Readonly<Ref<number | undefined>>
  /** How many bars are kept at most. */
  readonly barCount: Ref<number>
  fetch(): Promise<AudioDesk>
  exportSong(choice: Omit<ExportChoice, 'title'>): Promise<void>
  cancel(): void
  keepBars(): Promise<void>
  toggleRecording(): Promise<void>
}

const TOOLS: InjectionKey<AudioTools> = Symbol('audio tools')
const USUAL_BARS = 4

export function useAudioTools(): AudioTools {
  const tools = inject(TOOLS)
  assert(tools !== undefined, 'audio tools must be provided by the header')
  return tools
}

export function provideAudioTools(title: () => string): AudioTools {
  const session = useSession()
  const told = useTold()
  const toasts = useToasts()
  const desk = shallowRef<AudioDesk>()
  const recording = shallowRef<Recording>({ status: 'idle' })
  const done = ref<number>()
  const barCount = ref(USUAL_BARS)
  let running: AbortController | undefined

  const fetch = async (): Promise<AudioDesk> => {
    const fetched = await session.audio()
    if (desk.value === undefined) {
      desk.value = fetched
      recording.value = fetched.recording.read()
      fetched.recording.subscribe((now) => (recording.value = now))
    }
    return fetched
  }
  const give = ({ file, name, extension }: AudioDownload): void => {
    download(file, name, extension)
  }
  const runExport = async (choice: Omit<ExportChoice, 'title'>): Promise<void> => {
    const { signal } = (running = new AbortController())
    done.value = 0
    try {
      const fetched = await fetch()
      const tell = (share: number): void => void (done.value = share)
      give(await fetched.exportSong({ ...choice, title: title() }, tell, signal))
      toasts.add({ text: WORDS.exported })
    } catch (error) {
      if (!signal.aborted) throw error
      toasts.add({ text: WORDS.cancelled })
    } finally {
      done.value = undefined
    }
  }

  const tools: AudioTools = {
    title,
    desk,
    recording: computed(() => recording.value),
    done,
    barCount,
    fetch,
    exportSong: (choice) => told(() => runExport(choice)),
    cancel: () => running?.abort(),
    keepBars: () =>
      told(async () => {
        const fetched = await fetch()
        const count = fetched.barsPlayed(barCount.value)
        give(await fetched.keepBars(barCount.value, title()))
        toasts.add({ text: WORDS.kept(count) })
      }),
    toggleRecording: () =>
      told(async () => {
        const fetched = await fetch()
        if (recording.value.status === 'recording') {
          fetched.stopRecording()
          return
        }
        await fetched.startRecording(title(), ({ download: file, reason, seconds }) => {
          if (file !== undefined) give(file)
          toasts.add({ text: reason ?? WORDS.recorded(seconds), isToBeRead: reason !== undefined })
        })
      }),
  }
  provide(TOOLS, tools)
  return tools
}
