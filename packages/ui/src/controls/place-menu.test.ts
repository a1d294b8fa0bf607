import { expect, it } from 'vitest'
import { placeMenu } from './place-menu.ts'

const view = { width: 1000, height: 800 }
const menu = { width: 200, height: 150 }

/** A trigger of 32 pixels at a place. */
const at = (left: number, top: number) => ({ left, top, right: left + 32, bottom: top + 32 })

it('is below its trigger, flush with the end side', () => {
  expect(placeMenu(at(500, 100), menu, view, false)).toMatchObject({ left: 332, top: 136 })
  expect(placeMenu(at(500, 100), menu, view, true)).toMatchObject({ left: 500, top: 136 })
})

it('is above where it has no room below', () => {
  expect(placeMenu(at(500, 750), menu, view, false)).toMatchObject({ top: 750 - 4 - 150 })
})

it('stays in view at both sides', () => {
  expect(placeMenu(at(0, 100), menu, view, false).left).toBe(8)
  expect(placeMenu(at(968, 100), menu, view, true).left).toBe(792)
})

it('begins in view where it is wider than the view', () => {
  expect(placeMenu(at(100, 100), menu, { width: 150, height: 800 }, false).left).toBe(8)
})

it('is as high as the side with more room where neither has enough', () => {
  const tall = { width: 200, height: 900 }
  expect(placeMenu(at(500, 500), tall, view, false)).toEqual({ left: 332, top: 8, maxHeight: 488 })
  expect(placeMenu(at(500, 100), tall, view, false)).toEqual({ left: 332, top: 136, maxHeight: 656 })
})

it('stays in view where its trigger has left it', () => {
  expect(placeMenu(at(500, 2000), menu, view, false).top).toBe(642)
  expect(placeMenu(at(500, -500), menu, view, false).top).toBe(8)
})
