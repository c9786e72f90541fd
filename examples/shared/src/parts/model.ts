import type { LanguageModel } from '@fk-workflow/core';
import { createAnthropicModel } from '@fk-workflow/core/anthropic';
import type { Config } from '../config.js';
import { nothingToClose, type Part } from './part.js';

/** Who answers in the chat: Anthropic's model when there is a key, else the builder's offline planner. */
export const chooseModel = async (
  config: Pick<Config, 'anthropic'>,
): Promise<Part<{ readonly model?: LanguageModel }>> => {
  if (!config.anthropic) {
    return { ports: {}, line: 'model: offline planner (no ANTHROPIC_API_KEY)', close: nothingToClose };
  }
  const model = await createAnthropicModel(config.anthropic);
  return {
    ports: { model },
    line: `model: ${model.name}`,
    close: async () => model.close?.(),
  };
};
