import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitLine } from './line-fit.ts'

const PRIOR = 40e-6

test('one point is its own line, and says nothing of a slope', () => {
  const line = fitLine([{ x: 5000, y: 3, sd: 1 }], PRIOR)

  expect(line.y0).toBeCloseTo(3, 2)
  expect(Math.abs(line.slope)).toBeLessThan(1e-6)
})

test('many points on a line give that line', () => {
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true })
  const slopes = fc.double({ min: -100e-6, max: 100e-6, noNaN: true })
  fc.assert(
    fc.property(number, slopes, (y0, slope) => {
      const points = Array.from({ length: 24 }, (_, index) => {
        const x = index * -5000
        return { x, y: y0 + slope * x, sd: 0.01 }
      })

      const line = fitLine(points, PRIOR)

      expect(line.y0).toBeCloseTo(y0, 2)
      expect(Math.abs(line.slope - slope)).toBeLessThan(1e-6)
      expect(line.spread).toBeLessThan(0.01)
    }),
  )
})

test('a point that is less sure counts less', () => {
  const near = { x: 0, y: 0, sd: 0.1 }
  const far = { x: 0, y: 10, sd: 10 }

  expect(fitLine([near, far], PRIOR).y0).toBeLessThan(0.01)
})

test('the spread is the distance of the points from the line', () => {
  const points = Array.from({ length: 20 }, (_, index) => ({
    x: index * -5000,
    y: index % 2 === 0 ? 2 : -2,
    sd: 1,
  }))

  expect(fitLine(points, PRIOR).spread).toBeCloseTo(2, 1)
})
