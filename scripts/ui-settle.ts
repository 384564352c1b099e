import { afterEach, vi } from 'vitest'

// The files of one worker share their modules: a part that a page still fetched when its file ended would be missing
// from all later ones.
afterEach(() => vi.dynamicImportSettled())
