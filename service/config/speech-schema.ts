import { z } from 'zod';
import { BaseUrl } from './base-url.ts';
import { noted } from './note.ts';

const Path = z.string().min(1).max(4096);

export const Speech = z.strictObject({
  engine: noted(
    z
      .enum(['auto', 'transformers', 'openai', 'whisper-asr', 'pocketsphinx', 'none'])
      .default('auto'),
    {
      title: 'Engine',
      description:
        'What understands speech: transformers (whisper in the service, "discflow install speech"), ' +
        'a server with the interface of OpenAI or whisper-asr-webservice, pocketsphinx, or nothing. ' +
        'auto takes a server when url is set, else the first of the others that is there.',
    },
  ),
  model: noted(z.string().min(1).max(4096).optional(), {
    title: 'Model',
    description:
      'For transformers its name at the hub or the path of its folder, without it ' +
      'onnx-community/whisper-base; for a server the name that it knows, without it whisper-1.',
    example: 'onnx-community/whisper-small',
  }),
  models: noted(Path.optional(), {
    title: 'Models folder',
    description: 'Where models are kept; without it a folder in the state folder.',
    example: '/mnt/models',
  }),
  hub: noted(BaseUrl.default('https://huggingface.co'), {
    title: 'Hub',
    description: 'Where "discflow models fetch" gets models from. The service itself fetches none.',
  }),
  url: noted(BaseUrl.optional(), {
    title: 'Address',
    description: 'Address of the speech server, with or without /v1.',
    example: 'http://gpu-box:8000',
  }),
  api_key: noted(z.string().min(1).max(1000).optional(), {
    title: 'Key',
    description: 'Key of the speech server, if it wants one. api_key_file is the better place.',
    example: 'sk-0123456789abcdef',
    secret: true,
  }),
  api_key_file: noted(Path.optional(), {
    title: 'Key file',
    description: 'File that holds the key, as Docker and systemd hand over secrets.',
    example: '/run/secrets/speech-key',
  }),
  device: noted(z.enum(['auto', 'cpu', 'cuda', 'webgpu', 'dml', 'coreml']).default('auto'), {
    title: 'Device',
    description: 'Where transformers calculates; auto tries the graphics card, then the processor.',
  }),
  dtype: noted(
    z.enum(['auto', 'fp32', 'fp16', 'q8', 'int8', 'uint8', 'q4', 'q4f16', 'bnb4']).default('auto'),
    {
      title: 'Weights',
      description: 'The form of the weights for transformers; auto takes the best that is there.',
    },
  ),
  threads: noted(z.int().min(1).max(256).optional(), {
    title: 'Threads',
    description: 'Processors for transformers; without it all but one.',
    example: 2,
  }),
  timeout_seconds: noted(z.number().min(5).max(3600).default(120), {
    title: 'Patience',
    description: 'Seconds for half a minute of speech.',
  }),
});
