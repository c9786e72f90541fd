/** `@fk-workflow/core/anthropic`: Anthropic's models. Needs the package `@anthropic-ai/sdk`. */
export {
  type AnthropicModelOptions,
  createAnthropicModel,
} from '../models/anthropic/create-anthropic-model.js';
