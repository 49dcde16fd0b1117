/** The viewing directions, in the order of their keys, 1 to 7. */
export const PRESETS = ['front', 'threeQuarter', 'side', 'back', 'high', 'low', 'overShoulder'];
