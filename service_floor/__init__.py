"""The rules of the floor. Pure: no clock, file, socket, thread, randomness, Qt or asyncio; time and ids are arguments."""
