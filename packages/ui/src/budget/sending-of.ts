import type { Model, Provider } from '@millrace/core'
import type { ChatStore } from '@millrace/hooks'
import type { ComposerHandle } from '../composer/composer-context.ts'
import type { Sending } from './estimate-send.ts'

/** What the composer would send now. @param models Where prices are found. Default: the provider of the chat. */
export function sendingOf(
  store: ChatStore,
  { text, files }: Pick<ComposerHandle, 'text' | 'files'>,
  models: Provider | readonly Model[] | undefined,
): Sending {
  const { provider, model = provider.models[0]?.id ?? '', system } = store.getOptions()
  return {
    text,
    files: files.filter(({ refusal }) => refusal === undefined).map(({ file }) => file),
    system,
    messages: store.getState().messages,
    model,
    models: models ?? provider,
  }
}
