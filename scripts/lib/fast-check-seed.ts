/**
 * Properties are checked with the same random numbers in every run, so that a red build can be repeated.
 * `FAST_CHECK_SEED=7 npm run test:fast` looks elsewhere.
 */
import { configureGlobal } from 'fast-check';

configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_261_124) });
