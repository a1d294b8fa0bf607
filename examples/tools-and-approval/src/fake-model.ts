import { callTool, createFakeProvider, type FakeProviderOptions, type RecordedRequest, reply } from '@millrace/testing'

/** In the place of a model: looks at the weather, has a day chosen, and books the train. */
export function createFakeModel(options: FakeProviderOptions = {}) {
  return createFakeProvider({ script, ...options })
}

function script({ messages }: RecordedRequest) {
  const [weather, , day, booking] = messages.filter(({ role }) => role === 'tool').map(({ text }) => text)
  if (!weather) {
    return reply('I will look.', callTool('weather', { city: 'Huế' }), callTool('weather', { city: 'Hà Nội' }))
  }
  if (!day) return reply('Huế is warmer. Which day?', callTool('chooseDay', { days: ['Friday', 'Sunday'] }))
  if (!booking) return reply(`${day} it is.`, callTool('bookTrain', { to: 'Huế', seats: 2 }))
  return reply(booking.includes('booked') ? 'Have a good trip!' : 'Another time, then.')
}
