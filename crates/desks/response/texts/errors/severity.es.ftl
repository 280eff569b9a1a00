error-scr-rsp-070 = No existe esa evaluación.
error-scr-rsp-071 = { $factor }: elija una respuesta.
error-scr-rsp-072 = Diga cuándo abre la votación: en horas enteras, o elija una elección con su hora de apertura.
error-scr-rsp-073 = Diga cuántos electores están afectados, en número entero; 0 si ninguno.
error-scr-rsp-074 = Dé un título de hasta 200 bytes que todos puedan leer.
error-scr-rsp-075 = Estos ajustes no sirven: siete umbrales bajan de 100 como máximo a 0, el medio tiempo es al menos un minuto y cinco números de electores crecen desde 1.
error-scr-rsp-076 = No existe esa elección. Elija una de la lista, o ninguna.
error-scr-rsp-077 = Solo los responsables y supervisores registran evaluaciones. Pídaselo a uno.
