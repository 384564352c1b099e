import CassetteTape from 'lucide/dist/esm/icons/cassette-tape.mjs'
import FileHeadphone from 'lucide/dist/esm/icons/file-headphone.mjs'
import Bookmark from 'lucide/dist/esm/icons/bookmark.mjs'
import CircleCheck from 'lucide/dist/esm/icons/circle-check.mjs'
import EyeOff from 'lucide/dist/esm/icons/eye-off.mjs'
import Eye from 'lucide/dist/esm/icons/eye.mjs'
import Locate from 'lucide/dist/esm/icons/locate.mjs'
import Share from 'lucide/dist/esm/icons/share.mjs'
import FileMusic from 'lucide/dist/esm/icons/file-music.mjs'
import Flame from 'lucide/dist/esm/icons/flame.mjs'
import Heart from 'lucide/dist/esm/icons/heart.mjs'
import HandMetal from 'lucide/dist/esm/icons/hand-metal.mjs'
import Sparkles from 'lucide/dist/esm/icons/sparkles.mjs'
import Repeat from 'lucide/dist/esm/icons/repeat.mjs'
import Speaker from 'lucide/dist/esm/icons/speaker.mjs'
import Activity from 'lucide/dist/esm/icons/activity.mjs'
import ArrowDown from 'lucide/dist/esm/icons/arrow-down.mjs'
import ArrowLeft from 'lucide/dist/esm/icons/arrow-left.mjs'
import ArrowRight from 'lucide/dist/esm/icons/arrow-right.mjs'
import ArrowUp from 'lucide/dist/esm/icons/arrow-up.mjs'
import AudioWaveform from 'lucide/dist/esm/icons/audio-waveform.mjs'
import Brush from 'lucide/dist/esm/icons/brush.mjs'
import ChartNoAxesGantt from 'lucide/dist/esm/icons/chart-no-axes-gantt.mjs'
import ChevronDown from 'lucide/dist/esm/icons/chevron-down.mjs'
import ClipboardPaste from 'lucide/dist/esm/icons/clipboard-paste.mjs'
import Copy from 'lucide/dist/esm/icons/copy.mjs'
import CopyPlus from 'lucide/dist/esm/icons/copy-plus.mjs'
import CornerUpRight from 'lucide/dist/esm/icons/corner-up-right.mjs'
import Download from 'lucide/dist/esm/icons/download.mjs'
import Ellipsis from 'lucide/dist/esm/icons/ellipsis.mjs'
import Eraser from 'lucide/dist/esm/icons/eraser.mjs'
import FoldVertical from 'lucide/dist/esm/icons/fold-vertical.mjs'
import Headphones from 'lucide/dist/esm/icons/headphones.mjs'
import KeyboardMusic from 'lucide/dist/esm/icons/keyboard-music.mjs'
import Layers from 'lucide/dist/esm/icons/layers.mjs'
import Link from 'lucide/dist/esm/icons/link.mjs'
import RotateCcwClock from 'lucide/dist/esm/icons/rotate-ccw-clock.mjs'
import LogOut from 'lucide/dist/esm/icons/log-out.mjs'
import MessageSquare from 'lucide/dist/esm/icons/message-square.mjs'
import Metronome from 'lucide/dist/esm/icons/metronome.mjs'
import Minus from 'lucide/dist/esm/icons/minus.mjs'
import Pencil from 'lucide/dist/esm/icons/pencil.mjs'
import Play from 'lucide/dist/esm/icons/play.mjs'
import Plus from 'lucide/dist/esm/icons/plus.mjs'
import Redo2 from 'lucide/dist/esm/icons/redo-2.mjs'
import Footprints from 'lucide/dist/esm/icons/footprints.mjs'
import Circle from 'lucide/dist/esm/icons/circle-dot.mjs'
import Search from 'lucide/dist/esm/icons/search.mjs'
import SendHorizontal from 'lucide/dist/esm/icons/send-horizontal.mjs'
import Server from 'lucide/dist/esm/icons/server.mjs'
import SlidersVertical from 'lucide/dist/esm/icons/sliders-vertical.mjs'
import Square from 'lucide/dist/esm/icons/square.mjs'
import SquareDashed from 'lucide/dist/esm/icons/square-dashed.mjs'
import Trash from 'lucide/dist/esm/icons/trash.mjs'
import Undo2 from 'lucide/dist/esm/icons/undo-2.mjs'
import UnfoldVertical from 'lucide/dist/esm/icons/unfold-vertical.mjs'
import Upload from 'lucide/dist/esm/icons/upload.mjs'
import Users from 'lucide/dist/esm/icons/users.mjs'
import WandSparkles from 'lucide/dist/esm/icons/wand-sparkles.mjs'
import { LOOK_ICONS } from './look-icons.ts'

/** Icons of what comes when the jam has begun. */
export const LATE_ICONS = {
  ...LOOK_ICONS,
  play: Play,
  stop: Square,
  minus: Minus,
  plus: Plus,
  link: Link,
  people: Users,
  door: LogOut,
  save: Download,
  open: Upload,
  more: Ellipsis,
  chat: MessageSquare,
  send: SendHorizontal,
  grid: ChartNoAxesGantt,
  wave: AudioWaveform,
  trash: Trash,
  pencil: Pencil,
  server: Server,
  detour: CornerUpRight,
  pulse: Activity,
  copy: Copy,
  /** One pair of ears alone. */
  ear: Headphones,
  mixer: SlidersVertical,
  metronome: Metronome,
  chevron: ChevronDown,
  brush: Brush,
  marquee: SquareDashed,
  eraser: Eraser,
  paste: ClipboardPaste,
  twice: CopyPlus,
  left: ArrowLeft,
  right: ArrowRight,
  up: ArrowUp,
  down: ArrowDown,
  taller: UnfoldVertical,
  lower: FoldVertical,
  wand: WandSparkles,
  search: Search,
  undo: Undo2,
  redo: Redo2,
  layers: Layers,
  history: RotateCcwClock,
  done: CircleCheck,
  hide: EyeOff,
  show: Eye,
  follow: Locate,
  share: Share,
  fire: Flame,
  love: Heart,
  rock: HandMetal,
  wow: Sparkles,
  again: Repeat,
  bass: Speaker,
  keep: Bookmark,
  keys: KeyboardMusic,
  record: Circle,
  steps: Footprints,
  midi: FileMusic,
  audio: FileHeadphone,
  tape: CassetteTape,
} as const

export type LateIcons = typeof LATE_ICONS
