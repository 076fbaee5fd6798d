// msgpack, for the wire's control bodies and for files. The only place that knows the library.

// Its part without streams and without a search for a native helper: those cost 10 ms of every start.
import { Packr } from 'msgpackr/pack';

// Plain maps: records (msgpackr's own extension) would tie files and wire to this library.
const packr = new Packr({ useRecords: false, mapsAsObjects: true, int64AsType: 'number' });

/** msgpack of a plain value. */
export function pack(value: unknown): Uint8Array {
  return packr.pack(value);
}

/** The value in `bytes`. Throws on anything that is not exactly one msgpack value. Validate what comes from outside. */
export function unpack(bytes: Uint8Array): unknown {
  return packr.unpack(bytes);
}
