// The few calls of the C library that no runtime offers, through the foreign function interfaces of Bun and Deno.

import { isBun, isDeno, isLinux } from './runtime.ts';

export interface CLibrary {
  /** tcgetattr(3); `mode` has room for any `struct termios`. 0 is success. */
  getMode(file: number, mode: Uint8Array): number;
  /** tcsetattr(3), at once. */
  setMode(file: number, mode: Uint8Array): number;
  /** cfmakeraw(3). */
  makeRaw(mode: Uint8Array): void;
  /** ioctl(2) with a pointer. 0 is success. Linux only: elsewhere variable arguments travel in another way. */
  control(file: number, request: number, argument: Uint8Array): number;
  /** fcntl(2), F_DUPFD_CLOEXEC: another descriptor for the same, or -1. Linux only, likewise. */
  duplicate(file: number): number;
  /** read(2): how many bytes were read, 0 at the end, or -1. */
  read(file: number, into: Uint8Array): number;
  /** write(2): how many bytes were taken, or -1. */
  write(file: number, bytes: Uint8Array): number;
}

/** What only Linux has. */
export interface LinuxLibrary {
  /** dup3(2), O_CLOEXEC: `onto` becomes another descriptor for what `file` is. -1 is failure. */
  duplicateOnto(file: number, onto: number): number;
  /** eventfd(2), of which nothing can be read; -1 is failure. */
  neverReadable(): number;
  /** epoll_ctl(2) with a `struct epoll_event`. 0 is success. */
  controlEpoll(epoll: number, operation: number, file: number, event: Uint8Array): number;
}

/** What it takes to ask many sockets at once: see `inquiry.ts`. Linux only: elsewhere addresses have another form. */
export interface SocketLibrary {
  /** socket(2): one for a unix socket, which never waits; -1 is failure. */
  openSocket(): number;
  /** connect(2) with a `struct sockaddr_un`. 0 is success. */
  connect(file: number, address: Uint8Array): number;
  /** getsockopt(2), SO_PEERCRED: the process that listens at the other end, 0 where it cannot be told. */
  peerOf(file: number): number;
  /** poll(2) with so many `struct pollfd`. How many have news; -1 when a signal came. */
  poll(entries: Int32Array, count: number, timeoutMs: number): number;
}

const names = ['libc.so.6', 'libc.so', 'libSystem.B.dylib'];

/** TCSANOW of termios.h: at once; draining first would hang on a terminal that takes nothing. */
const now = 0;
/** F_DUPFD_CLOEXEC of Linux, and the lowest number that the descriptor may have: none of the standard streams. */
const [duplicateForUs, firstFree] = [1030, 3];

/** O_CLOEXEC and O_NONBLOCK of Linux, by the values that dup3(2), eventfd(2) and socket(2) take as well. */
const [closeOnExec, withoutWaiting] = [0o2000000, 0o4000];

/** AF_UNIX and SOCK_STREAM of Linux. */
const [unixFamily, stream] = [1, 1];
/** SOL_SOCKET and SO_PEERCRED of Linux, which tells of pid, uid and gid. */
const peerCredentials = [1, 17] as const;

let opened: Promise<CLibrary | null> | undefined;
let openedForLinux: Promise<LinuxLibrary | null> | undefined;

/** The library, or null where it cannot be called: on Node, or on a system with another one. Loads in 0.3 ms on Bun. */
export function cLibrary(): Promise<CLibrary | null> {
  opened ??= openFirst();
  return opened;
}

/** The same for Linux, on Bun; null elsewhere. */
export function linuxLibrary(): Promise<LinuxLibrary | null> {
  openedForLinux ??= openForLinux();
  return openedForLinux;
}

async function openForLinux(): Promise<LinuxLibrary | null> {
  if (!isBun || !isLinux) return null;
  const { dlopen } = await import('bun:ffi');
  try {
    const { symbols } = dlopen('libc.so.6', {
      dup3: { args: ['int', 'int', 'int'], returns: 'int' },
      eventfd: { args: ['u32', 'int'], returns: 'int' },
      epoll_ctl: { args: ['int', 'int', 'int', 'ptr'], returns: 'int' },
    });
    return {
      duplicateOnto: (file, onto) => symbols.dup3(file, onto, closeOnExec),
      neverReadable: () => symbols.eventfd(0, closeOnExec | withoutWaiting),
      controlEpoll: symbols.epoll_ctl,
    };
  } catch {
    return null; // another C library
  }
}

/** The same for sockets, on Bun for Linux; null elsewhere. */
export async function socketLibrary(): Promise<SocketLibrary | null> {
  if (!isBun || !isLinux) return null;
  const { dlopen } = await import('bun:ffi');
  try {
    const { symbols } = dlopen('libc.so.6', {
      socket: { args: ['int', 'int', 'int'], returns: 'int' },
      connect: { args: ['int', 'ptr', 'u32'], returns: 'int' },
      getsockopt: { args: ['int', 'int', 'int', 'ptr', 'ptr'], returns: 'int' },
      poll: { args: ['ptr', 'u64', 'int'], returns: 'int' },
    });
    const credentials = new Int32Array(3);
    return {
      openSocket: () => symbols.socket(unixFamily, stream | closeOnExec | withoutWaiting, 0),
      connect: (file, address) => symbols.connect(file, address, address.length),
      peerOf(file) {
        credentials[0] = 0;
        symbols.getsockopt(file, ...peerCredentials, credentials, Uint32Array.of(credentials.byteLength));
        return credentials[0];
      },
      poll: symbols.poll,
    };
  } catch {
    return null; // another C library
  }
}

async function openFirst(): Promise<CLibrary | null> {
  const open = isBun ? await bunOpener() : isDeno ? denoOpener() : null;
  if (open === null) return null;
  for (const name of names) {
    try {
      return open(name);
    } catch {
      // No library of that name on this system: the next one.
    }
  }
  return null;
}

async function bunOpener(): Promise<(name: string) => CLibrary> {
  const { dlopen } = await import('bun:ffi');
  return (name) => {
    const { symbols } = dlopen(name, {
      tcgetattr: { args: ['int', 'ptr'], returns: 'int' },
      tcsetattr: { args: ['int', 'int', 'ptr'], returns: 'int' },
      cfmakeraw: { args: ['ptr'], returns: 'void' },
      ioctl: { args: ['int', 'u64', 'ptr'], returns: 'int' },
      fcntl: { args: ['int', 'int', 'int'], returns: 'int' },
      read: { args: ['int', 'ptr', 'u64'], returns: 'i64' },
      write: { args: ['int', 'ptr', 'u64'], returns: 'i64' },
    });
    return {
      getMode: symbols.tcgetattr,
      setMode: (file, mode) => symbols.tcsetattr(file, now, mode),
      makeRaw: symbols.cfmakeraw,
      control: symbols.ioctl,
      duplicate: (file) => symbols.fcntl(file, duplicateForUs, firstFree),
      read: (file, into) => Number(symbols.read(file, into, into.length)),
      write: (file, bytes) => Number(symbols.write(file, bytes, bytes.length)),
    };
  };
}

type DenoSymbol = { parameters: readonly string[]; result: string };

/** The part of Deno's own API that is used here; its types are not among ours. */
interface DenoLibraries {
  dlopen(
    name: string,
    symbols: Record<string, DenoSymbol>,
  ): { symbols: Record<string, (...values: unknown[]) => number | bigint> };
}

function denoOpener(): (name: string) => CLibrary {
  const { Deno } = globalThis as unknown as { Deno: DenoLibraries };
  return (name) => {
    const { symbols } = Deno.dlopen(name, {
      tcgetattr: { parameters: ['i32', 'buffer'], result: 'i32' },
      tcsetattr: { parameters: ['i32', 'i32', 'buffer'], result: 'i32' },
      cfmakeraw: { parameters: ['buffer'], result: 'void' },
      ioctl: { parameters: ['i32', 'u64', 'buffer'], result: 'i32' },
      fcntl: { parameters: ['i32', 'i32', 'i32'], result: 'i32' },
      read: { parameters: ['i32', 'buffer', 'usize'], result: 'isize' },
      write: { parameters: ['i32', 'buffer', 'usize'], result: 'isize' },
    });
    const call = (symbol: string, ...values: unknown[]) => Number(symbols[symbol]?.(...values) ?? 0);
    return {
      getMode: (file, mode) => call('tcgetattr', file, mode),
      setMode: (file, mode) => call('tcsetattr', file, now, mode),
      makeRaw: (mode) => void call('cfmakeraw', mode),
      control: (file, request, argument) => call('ioctl', file, BigInt(request), argument),
      duplicate: (file) => call('fcntl', file, duplicateForUs, firstFree),
      read: (file, into) => call('read', file, into, BigInt(into.length)),
      write: (file, bytes) => call('write', file, bytes, BigInt(bytes.length)),
    };
  };
}
