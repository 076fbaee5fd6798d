// The orders that the list's sessions can stand in.

/** In the order in which a key goes through them. */
export const listOrders = ['recent', 'name', 'activity', 'age'] as const;

/** By last use, by name, by last output, by when they were made. */
export type ListOrder = (typeof listOrders)[number];
