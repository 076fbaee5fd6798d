// The orders in which the list can show the sessions.

/** In the order in which a key goes through them: used last first, by name, said something last first, youngest first. */
export const listOrders = ['recent', 'name', 'activity', 'age'] as const;
export type ListOrder = (typeof listOrders)[number];
