import type { Trade } from '../sequence/trade.ts'
import type { SongWriter } from './song-writer.ts'
import type { Refusal } from './writable.ts'

/** How people agree to take turns: played on a song rather than written into it, and so not taken back. */
export interface TradeVerbs {
  /** @param trade  undefined: nobody takes turns */
  setTrade(trade: Trade | undefined): Refusal | undefined
}

export const createTradeVerbs = ({ edit, setRoom }: SongWriter): TradeVerbs => ({
  setTrade(trade) {
    const write = (): void => {
      setRoom('trade', trade && tradeValue(trade))
    }
    return edit(undefined, write, { makesSmaller: trade === undefined })
  },
})

/** As `parseTrade` reads it. */
const tradeValue = ({ bars, order, isSilent, beat, end }: Trade): unknown => ({
  bars,
  order: [...order],
  silent: isSilent,
  beat,
  ...(end === undefined ? {} : { end }),
})
