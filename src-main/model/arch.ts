/** The architectures that runs and listings are for. */
export type Arch = 'amd64' | 'arm64';
