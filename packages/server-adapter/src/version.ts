/** Put in by the build, see `tsup.config.ts`. */
declare const PACKAGE_VERSION: string | undefined;

/** The version of this package. */
export const version = typeof PACKAGE_VERSION === 'string' ? PACKAGE_VERSION : '0.0.0-source';
