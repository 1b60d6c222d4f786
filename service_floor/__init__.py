"""The rules of the queue, of dossiers and of procedures.

Pure: no clock, file, socket, thread, randomness, Qt or event loop; time and ids are arguments.
"""
