// Ownership of resources: who creates one registers its disposal on the same line.

/** Something to be let go of. Disposing twice is harmless. */
export interface Disposable {
  dispose(): void;
}

/** Disposes what was added, newest first, once. Anything added after disposal is disposed at once. */
export class Disposables implements Disposable {
  #items: Disposable[] = [];
  #isDisposed = false;

  /** Takes ownership of `item` and returns it, for use on the line that creates it. */
  add<T extends Disposable>(item: T): T {
    if (this.#isDisposed) item.dispose();
    else this.#items.push(item);
    return item;
  }

  /** Registers a plain function. */
  defer(dispose: () => void): void {
    this.add({ dispose });
  }

  dispose(): void {
    this.#isDisposed = true;
    for (let item = this.#items.pop(); item !== undefined; item = this.#items.pop()) item.dispose();
  }
}
