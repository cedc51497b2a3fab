import { z } from 'zod';

/** An address that paths are put behind, without a slash at its end. */
export const BaseUrl = z
  .url({ protocol: /^https?$/, error: 'expected an address like https://example.org', abort: true })
  .overwrite((url) => url.replace(/\/+$/, ''));
