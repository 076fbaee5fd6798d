// A fault that would be told over and over.

/** Tells of the first fault alone. */
export function tellOnce(tell: (error: unknown) => void): (error: unknown) => void {
  let isTold = false;
  return (error) => {
    if (!isTold) tell(error);
    isTold = true;
  };
}
